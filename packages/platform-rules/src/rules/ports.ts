import { fieldViolation, type Violation } from '../Violation';

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** @param field - path of the port, for example `spec.ports[0].port` */
export function portViolation(port: number, field: string): Violation {
  return fieldViolation(
    'port-number',
    `${port} is not a port (1 to 65535).`,
    `${field}: Invalid value: ${port}: must be between 1 and 65535, inclusive`,
  );
}
