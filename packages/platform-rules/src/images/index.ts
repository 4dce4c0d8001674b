export { imageReferenceProblem, parseImageReference } from './imageReference';
