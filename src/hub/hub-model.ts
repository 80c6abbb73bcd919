/** What the hub's API says of a model. */
import { z } from 'zod';

import type { ExpectedContent } from './content-hash.js';

/** One file of a model at one commit. */
export interface HubFile {
  /** Relative to the model, with forward slashes; as a stranger wrote it, so it is no path on this machine. */
  readonly path: string;
  readonly bytes: number;
  /** Undefined when the hub states no hash. */
  readonly content: ExpectedContent | undefined;
}

export interface HubModel {
  readonly id: string;
  /** Commit, 40 hexadecimal digits: the files at it never change. */
  readonly revision: string;
  /** Short name of the licence, such as `creativeml-openrail-m`; undefined when none is stated. */
  readonly licence: string | undefined;
  /** Where the licence, or else the model's description, can be read. */
  readonly licenceUrl: string;
  /** True when its terms must be accepted at the hub before the files are given. */
  readonly isGated: boolean;
  /** Those with a name that stays inside the model. */
  readonly files: readonly HubFile[];
}

/** Files of one model; the largest collections of checkpoints have some hundreds. */
const MAX_FILES = 20_000;

const bytes = z.int().min(0);
const siblingSchema = z.object({
  rfilename: z.string().min(1).max(4096),
  size: bytes.nullish(),
  blobId: z.string().nullish(),
  lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: bytes }).nullish(),
});
const modelSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  gated: z.union([z.boolean(), z.string()]).nullish(),
  tags: z.array(z.string()).nullish(),
  cardData: z.object({ license_name: z.string().nullish(), license_link: z.string().nullish() }).nullish(),
  siblings: z.array(siblingSchema).max(MAX_FILES),
});

/**
 * @param answer of `/api/models/<id>/revision/<revision>?blobs=true`
 * @param page of the model
 * @throws ZodError, SyntaxError
 */
export function parseHubModel(answer: string, id: string, page: string): HubModel {
  const { sha, gated, tags, cardData, siblings } = modelSchema.parse(JSON.parse(answer));
  const tag = (tags ?? []).find((candidate) => candidate.startsWith('license:'))?.slice('license:'.length);
  const link = cardData?.license_link ?? '';
  return {
    id,
    revision: sha,
    licence: tag === 'other' ? (cardData?.license_name ?? tag) : tag,
    licenceUrl: /^https:\/\/\S+$/.test(link) ? link : page,
    isGated: gated === true || typeof gated === 'string',
    files: siblings.map(toFile).filter(({ path }) => staysInside(path)),
  };
}

/** The name becomes part of an address, where `..` would lead to another model. */
function staysInside(path: string): boolean {
  const isPlain = (part: string): boolean => part !== '' && part !== '.' && part !== '..';
  return !/[\p{Cc}\\]/u.test(path) && path.split('/').every(isPlain);
}

function toFile({ rfilename, size, blobId, lfs }: z.infer<typeof siblingSchema>): HubFile {
  if (lfs) {
    const content = { bytes: lfs.size, algorithm: 'sha256', hash: lfs.sha256 } as const;
    return { path: rfilename, bytes: lfs.size, content };
  }
  const isHash = /^[0-9a-f]{40}$/.test(blobId ?? '');
  const content =
    isHash && typeof size === 'number'
      ? ({ bytes: size, algorithm: 'git-blob-sha1', hash: blobId ?? '' } as const)
      : undefined;
  return { path: rfilename, bytes: size ?? 0, content };
}
