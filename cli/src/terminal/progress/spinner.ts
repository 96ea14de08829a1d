const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
export const FRAME_MS = 80;

/** The nth frame of the spinner. */
export const frameAt = (step: number): string => FRAMES[step % FRAMES.length]!;
