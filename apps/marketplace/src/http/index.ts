export { Fragment, fragment, Redrawn, redraw, SeeOther, seeOther } from './answers.js';
export { type FieldErrors, formOf, type Typed, validationFailed, withForm } from './forms.js';
export { HttpModule } from './http.module.js';
export { PageFrame, type PageFrameData, Viewer } from './page-frame.js';
export { type RequestViewer } from './request.js';
