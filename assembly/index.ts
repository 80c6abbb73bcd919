export * from './frames';
export * from './mel';
export * from './phase-gradient';
