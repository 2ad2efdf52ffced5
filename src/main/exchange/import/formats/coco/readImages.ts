import { basename } from 'node:path'
import { z } from 'zod'
import type { Box } from '../../../../../shared/domain'
import { message } from '../../../../../shared/messages/message'
import type { Gathering } from '../../../../store/sql/scratch'
import { type ImportEntry, problemEntry, schemaFault } from '../../row/entry'
import type { Size } from '../../row/fitBoxes'
import { keysOf, type LeftOut } from '../../row/leftOut'
import { nameOf, readList, type CocoDocument } from './cocoDocument'
import { cocoIdSchema, isKeyed, type DocumentKind } from './parseAnnotation'

const imageSchema = z.looseObject({ id: cocoIdSchema, file_name: z.string().min(1) })
const sizeSchema = z.object({ width: z.coerce.number().positive(), height: z.coerce.number().positive() })
/** License and origin of an image as stated in the document; fields of its context. */
interface ImageSource {
  readonly license?: string
  readonly license_url?: string
  readonly coco_url?: string
  readonly flickr_url?: string
}

interface ImageHead {
  /** Kind of the document that contains the image. */
  readonly kind: DocumentKind
  readonly file: string
  readonly line: number
  readonly fileName: string
  /** Size of the annotated image, if the document states it. */
  readonly size?: Size
  readonly source: ImageSource
}

/** A caption, a box, or a text about the attributes of a box. */
export type ImagePart = string | Box | { readonly about: string }

/** Images by id, with their parts. */
export type Images = Gathering<ImageHead, ImagePart>

const imageKeys = keysOf('id file_name coco_url flickr_url width height license date_captured')

/** Returns the last segment of a URL, which is the name of the downloaded file. */
function fileNameOf(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined
  const last =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? ''
  try {
    return decodeURIComponent(last) || undefined
  } catch {
    return last || undefined
  }
}

/** Names an image without a file name after its first URL, as COCO's download scripts do. */
function nameImage(value: unknown): unknown {
  if (!isKeyed(value) || (typeof value.file_name === 'string' && value.file_name.trim() !== '')) return value
  const name = value.file_name == null || value.file_name === '' ? (fileNameOf(value.coco_url) ?? fileNameOf(value.flickr_url)) : undefined
  return name === undefined ? value : { ...value, file_name: name }
}

const licenseSchema = z.looseObject({ id: cocoIdSchema, name: z.string().optional(), url: z.string().optional() })
type License = Pick<ImageSource, 'license' | 'license_url'>

/** Reads the licenses that images refer to by number. */
async function readLicenses(path: string): Promise<ReadonlyMap<string, License>> {
  const licenses = new Map<string, License>()
  for await (const { value } of readList(path, 'licenses')) {
    const license = licenseSchema.safeParse(value).data
    if (!license) continue
    const { id, name, url } = license
    licenses.set(String(id), { ...(name?.trim() ? { license: name.trim() } : {}), ...(url?.trim() ? { license_url: url.trim() } : {}) })
  }
  return licenses
}

function sourceOfImage(image: Readonly<Record<string, unknown>>, licenses: ReadonlyMap<string, License>): ImageSource {
  const { license, coco_url: coco, flickr_url: flickr } = image
  // A number without a license entry has no meaning.
  const named = typeof license === 'string' && license.trim() !== '' && !/^\d+$/.test(license) ? { license: license.trim() } : {}
  return {
    ...(licenses.get(String(license)) ?? named),
    ...(typeof coco === 'string' && coco !== '' ? { coco_url: coco } : {}),
    ...(typeof flickr === 'string' && flickr !== '' ? { flickr_url: flickr } : {}),
  }
}

/** @param again collects images of this document that an earlier document contains as well */
export async function* readImages(
  { path, kind }: CocoDocument,
  images: Images,
  again: Gathering<null>,
  leftOut: LeftOut,
): AsyncGenerator<ImportEntry> {
  const file = basename(path)
  const licenses = await readLicenses(path)
  for await (const element of readList(path, 'images')) {
    const { line } = element
    if (element.fault) {
      yield problemEntry(file, line, null, message('common.labelled', { label: nameOf('image', element), text: element.fault }))
      continue
    }
    const image = imageSchema.safeParse(nameImage(element.value))
    if (!image.success) {
      yield problemEntry(
        file,
        line,
        null,
        message('common.labelled', { label: nameOf('image', element), text: schemaFault(image.error, '') }),
      )
      continue
    }
    const id = String(image.data.id)
    const { file_name: fileName } = image.data
    leftOut.addKeys(image.data, imageKeys, id)
    const size = sizeSchema.safeParse(element.value).data
    const { place, isNew } = images.put(id, {
      kind,
      file,
      line,
      fileName,
      source: sourceOfImage(image.data, licenses),
      ...(size ? { size } : {}),
    })
    if (isNew) continue
    const known = images.get(place)
    // The boxes of the instances refer to the images of that document.
    if (size && known.kind !== kind && (known.size?.width !== size.width || known.size.height !== size.height))
      images.replace(place, { ...known, size })
    if (known.kind === kind || !again.put(id, null).isNew) yield problemEntry(file, line, id, message('import.duplicateImage', { id }))
    else if (known.fileName !== fileName)
      yield problemEntry(
        file,
        line,
        id,
        message('import.coco.imageNameDiffers', { id, fileName, knownName: known.fileName, file: known.file }),
      )
  }
}
