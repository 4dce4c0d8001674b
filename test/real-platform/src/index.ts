export { startRealPlatform, type RealPlatform } from './startRealPlatform';
