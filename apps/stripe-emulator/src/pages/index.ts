import type { FastifyInstance } from 'fastify';
import type { Engine } from '../engine/engine.js';

/** Registers the pages that buyers and sellers see. */
export async function registerPages(_app: FastifyInstance, _engine: Engine): Promise<void> {}
