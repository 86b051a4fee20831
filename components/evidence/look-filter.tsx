import type { PictureLook } from '@/lib/domain/picture-look';

/** The SVG filter of a look, to be named by a canvas as `url(#id)`. It stands in the page, and so needs no room. */
export function LookFilter({ id, look }: { id: string; look: PictureLook }) {
  const slope = contrastSlope(look.contrast);
  const intercept = 0.5 - 0.5 * slope + look.brightness / 200;
  const sharp = look.sharpen / 50;
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <filter id={id} x="0" y="0" width="1" height="1" colorInterpolationFilters="sRGB">
        {look.sharpen > 0 && (
          <feConvolveMatrix
            order="3"
            preserveAlpha="true"
            edgeMode="duplicate"
            kernelMatrix={`0 ${-sharp} 0 ${-sharp} ${1 + 4 * sharp} ${-sharp} 0 ${-sharp} 0`}
          />
        )}
        {look.gamma !== 1 && <Channels type="gamma" exponent={1 / look.gamma} />}
        {(slope !== 1 || intercept !== 0) && <Channels type="linear" slope={slope} intercept={intercept} />}
        {look.greyscale && <feColorMatrix type="saturate" values="0" />}
        {look.invert && <Channels type="table" tableValues="1 0" />}
      </filter>
    </svg>
  );
}

function Channels(props: { type: string; exponent?: number; slope?: number; intercept?: number; tableValues?: string }) {
  return (
    <feComponentTransfer>
      <feFuncR {...props} />
      <feFuncG {...props} />
      <feFuncB {...props} />
    </feComponentTransfer>
  );
}

// -100 is flat grey, 0 as it is, +100 four times as steep.
function contrastSlope(contrast: number): number {
  return contrast < 0 ? 1 + contrast / 100 : 1 + (contrast / 100) * 3;
}
