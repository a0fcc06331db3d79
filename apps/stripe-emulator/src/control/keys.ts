import { any, required } from '../http/params.js';
import { invalid } from '../engine/errors.js';
import { issueKey, type Permissions } from '../http/restricted-keys.js';
import { control } from './index.js';

export const keyControls = [
  control<{ permissions: Permissions }>(
    'POST',
    '/keys',
    { permissions: required(any) },
    ({ engine }, { permissions }) => {
      const good =
        typeof permissions === 'object' &&
        Object.values(permissions).every((grade) => grade === 'read' || grade === 'write');
      if (!good) {
        throw invalid(
          '`permissions` says \'read\' or \'write\' for each resource, e.g. {"payment_intents": "write"}.',
          {
            param: 'permissions',
          },
        );
      }
      return { key: engine.transact(() => issueKey(engine, permissions)) };
    },
  ),
];
