/**
 * When the oldest of an answer's data was read; ISO 8601. It travels beside the answer, because an unchanged answer
 * (304) gets older or younger all the same.
 */
export const AS_OF_HEADER = 'ML-Platform-As-Of';
