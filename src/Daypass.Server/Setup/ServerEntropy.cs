using System.Security.Cryptography;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Setup;

/// <summary>
/// The operating system's generator, asked for a block at a time: one call takes five ids, keys and nonces, and asking costs as much for
/// sixteen bytes as for a thousand. A block belongs to one thread, and what is given out is wiped from it.
/// </summary>
internal sealed class ServerEntropy : IEntropy
{
    private const int BlockSize = 1024;

    [ThreadStatic]
    private static Block? _block;

    public void Fill(Span<byte> bytes)
    {
        if (bytes.Length > BlockSize / 4)
            RandomNumberGenerator.Fill(bytes);
        else
            (_block ??= new Block()).Take(bytes);
    }

    private sealed class Block
    {
        private readonly byte[] _bytes = new byte[BlockSize];
        private int _used = BlockSize;

        public void Take(Span<byte> bytes)
        {
            if (_used + bytes.Length > BlockSize)
            {
                RandomNumberGenerator.Fill(_bytes);
                _used = 0;
            }
            var taken = _bytes.AsSpan(_used, bytes.Length);
            taken.CopyTo(bytes);
            taken.Clear();
            _used += bytes.Length;
        }
    }
}
