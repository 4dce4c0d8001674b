/**
 * Header with the time at which the oldest of a response's data was read; ISO 8601. A header, because the age of the data
 * also changes when its content does not (304).
 */
export const AS_OF_HEADER = 'ML-Platform-As-Of';
