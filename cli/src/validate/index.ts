export { checkFile, type CheckedFile, type CheckOptions, type LocatedFinding } from './checked-file.ts';
export { InputError } from './file-errors.ts';
export { readInputs, STDIN_NAME, type Input, type InputContext } from './inputs.ts';
export { junitReport } from './junit.ts';
export { jsonReport } from './report-json.ts';
export { textReport } from './report-text.ts';
export { sarifReport, type Tool } from './sarif.ts';
export { summaryOf, type Summary } from './summary.ts';
