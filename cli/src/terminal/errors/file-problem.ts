/** Error codes of the operating system for a file, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EBUSY: 'another program is using it',
  EEXIST: 'something else already exists there',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'the operating system does not permit it',
  ERR_FS_EISDIR: 'it is a folder',
  EXDEV: 'it is on another disk',
};

/** Why a file cannot be used, or undefined for other errors. */
export const fileProblem = ({ code = '' }: { code?: string }): string | undefined => REASONS[code];
