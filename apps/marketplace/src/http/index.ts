export { fragment, Redrawn, redraw, SeeOther, seeOther } from './answers.js';
export { csvOf } from './csv.js';
export { ErrorFilter } from './error.filter.js';
export { Day, daysAgo, endOf, Filled, startOf, Trimmed } from './filters.js';
export { type FieldErrors, formOf, type Typed, validationFailed, withForm } from './forms.js';
export { HttpModule } from './http.module.js';
export { PageFrame, type PageFrameData, Viewer } from './page-frame.js';
export { address, everyPage, filtersOf, isFiltered, pagerOf, PageQuery } from './paging.js';
export { type RequestViewer } from './request.js';
