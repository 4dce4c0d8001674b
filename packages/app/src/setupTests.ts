import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages load their parts when they are shown, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 120_000 });
