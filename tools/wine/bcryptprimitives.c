/* WORKAROUND Wine 8 has no bcryptprimitives.dll, whose ProcessPrng every Rust wheel imports (blake3, cbor2), until
   Debian 13's Wine 10. Made by tools/windows_tests.py, stays in the Wine prefix, is never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* advapi32: RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    while (length > 0) {
        ULONG part = length > 0x10000000 ? 0x10000000 : (ULONG)length;
        if (!SystemFunction036(data, part)) return FALSE;
        data += part;
        length -= part;
    }
    return TRUE;
}
