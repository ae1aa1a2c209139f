import { gunzipSync } from 'node:zlib'

/** A file that h5py 3.16 wrote: numbers of both byte orders, dimension scales, links, records, strings, enumerations. */
const GZIP = [
  'H4sIAAAAAAACA+1bPWzbRhS+IymFcVRIaoyK7pDIbVEYGWo3sZsOQSPZpmMDih1YKZAhSE1bki3UlgSJbh10iFGgSbp5zJhs',
  'BTrEQ4FmKFADWTpm7pS1U92tm3vkvUcdzyJtD0FU+L7leHfv/t69+3n3Hn+cnZ55Z+D9AeLBNIlBMkTEAWD/ajiO+UsQUggf',
  'Q/iThumGn2dBegbqz+s8/gTSby/atkd9IAHb+cPgoUkUTiNm7eItL7yDcZQLLUzn1jeqXthc7vjxzoqz7rRZ2Ky5XnyUZYyy',
  'r4rTWF2vN1ax3Gij2agKcoyrIAtfslynSAHkO0kGmVS6dXfdKz9EqV8iE9RlhtbHWUGIqV/PGHxr7NskDWzfRLJCqDxmUzLA',
  '0yjWxVcYpTwhAYQY6qxHXk6GdYAvpTzkm366pmmUd43Xo2OFbHQiuv1NMlqTTJWK5TKLnw+NmZDpuZv2fHluYf6r8lSxZLNy',
  'I1Au4ZebL960CZRLCOVw/nCfyCTD843pu5/w+B6kl+cXpr26x6R9C8WjIMkTzu+dZHj/AraQbUjHfev1Z/HymY9od0Siw/3r',
  'hd6f60yW681G3e0cQ64NYXCan05D+z6uI5m/Uev6aVJa1xAuQ7gCYbvKv9Ywv86XdMdt+2G1sblBeqzrFJxclKRZmiXIa2mu',
  'fJuNF2hzMCxcVzivmnjumbjGevGzBXRZxs9QO8VJu1RGuiFKevM3ol0ZZ4R+GCeY7xtTCyUqMCa0TzHU2s2N/NpE677UPrZR',
  'ce53xLHL8m2I/fPnxXHrzUawLyGS0n718rfGy+dCOeyXI58LaXU2KigoKCgoKCgoKCgoKCgcExRUe09rNyhq2/vXIbsAyj2E',
  '+79T/5Hr7wcF0O+dZf6EybX+3WuFd3n6il8nI/qC7EGl2wlRpTe7zwMJIR68/pjiswA+PlwobN1b2f2WaA+TyUcPE6lZQiae',
  '6fnaP3dvbN3rtFrG93raMgZT1g4hk5f0H5xrFx+xDNetLC21zNmlQoIMb9BfRv688ExNvYKCgoLCacRRdvexD0PnsMKpuxie',
  'lezMYMfVwnZmtP/IcZ1YftHs8MXA7pwzSe5BQA/2Z51XeI7c8uMUKtD8fEo6a5u12no1sCdRSK9Ua+uO203XwZDFaN2VtWr7',
  'ymWUX7Bra/rWRyS4Tfr3XS+CduV/4eb5mkg3UAC3M5uBHbE1Gs8/tEfvXomnQzvp9lg8HdzAyauJeDq0Oz+9HE+Xh3Dn03i6',
  'zyHcG4+nQ27lPzh636GM/fK+M3SEPP4KjEK6KHvoK6DLQTzKJvqXFY4nJfk11BagoKCgoKCgoPBWkSIv4P6fJi67NS/aM/ai',
  'PT9lg9/eexp3Zas4rtOpukfWh/59lfpGtdHxPNOOp+9mSNiPFv30aKCf9L4Hez6qcX67+iH9aYT7UWq8iOcXjP6BM8VS2fbv',
  '0l/a2Gi0P++gFa4ZsfWW9ct4fsh+jzrZ9klxntvHbCebvx74U4+fI+MHjA31Y851r7LRfM5ZYc1K1rTeDD8+NrgOKfpHirKy',
  'LIw1O3x4PB1Brs9TLiXfQJrnAX4J5J0KbXv1a1Aqmh9XrbAm/Kb5Ae8N+XTQt4EEGUjL7w2H+rlq9db4HvfZe8xJ+QF+/yT8',
  'P0E0H762upIgYqdP36dOup9y+YjyZ+/yhUh8+S5Cjv/v8tE9XzRpTReBZjKoXYuRm58j1k+/nS/h/xa6+8XhPTF+nTy3ep8e',
  'T/r6/vQfNzQcXvA3AAA=',
]

export const h5pySample = (): Uint8Array => gunzipSync(Buffer.from(GZIP.join(''), 'base64'))
