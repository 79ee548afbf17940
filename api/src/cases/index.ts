import type { InvalidCase, ValidCase } from './case.ts';
import { invalidSource } from './invalid-source.ts';
import { invalidSpec } from './invalid-spec.ts';
import { validExisting } from './valid-existing.ts';
import { validForms } from './valid-forms.ts';

/** Manifests that the API server and `parseMCPRegistry` both accept. */
export const validCases: readonly ValidCase[] = [...validExisting, ...validForms];
/** Manifests that both refuse. */
export const invalidCases: readonly InvalidCase[] = [...invalidSource, ...invalidSpec];
export type { InvalidCase, ValidCase } from './case.ts';
