export {
  gpuAmounts,
  gpuDevice,
  gpuDeviceOn,
  gpuFraction,
  physicalProduct,
  wholeGpus,
  type GpuCounts,
} from './gpuDevices';
export { setGpuNames } from './gpuNames';
