using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>A checksum that follows a body in a trailer: fed as the body passes, held against the trailer at the end.</summary>
internal abstract class TrailingChecksum : IDisposable
{
    /// <summary>The one for a trailer's name in lower case, or null when the trailer is no checksum.</summary>
    public static TrailingChecksum? For(string trailer) => trailer switch
    {
        "x-amz-checksum-crc32" => new Cyclic(ReflectedCrc.Crc32),
        "x-amz-checksum-crc32c" => new Cyclic(ReflectedCrc.Crc32C),
        "x-amz-checksum-crc64nvme" => new Cyclic(ReflectedCrc.Crc64Nvme),
        "x-amz-checksum-sha1" => new Hashed(HashAlgorithmName.SHA1),
        "x-amz-checksum-sha256" => new Hashed(HashAlgorithmName.SHA256),
        _ => null,
    };

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>Whether a trailer's value is the checksum: its bytes, big end first, in base64. Ends the computation.</summary>
    public bool Matches(string base64)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        var computed = Finish();
        return Convert.TryFromBase64String(base64, given, out var length) && given[..length].SequenceEqual(computed);
    }

    public virtual void Dispose()
    {
    }

    protected abstract byte[] Finish();

    private sealed class Cyclic(ReflectedCrc kind) : TrailingChecksum
    {
        private ulong _register = kind.Ones;

        public override void Append(ReadOnlySpan<byte> data) => _register = kind.Append(_register, data);

        protected override byte[] Finish()
        {
            var result = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(result, _register ^ kind.Ones);
            return result[^kind.Length..];
        }
    }

    private sealed class Hashed(HashAlgorithmName algorithm) : TrailingChecksum
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

        public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

        public override void Dispose() => _hash.Dispose();

        protected override byte[] Finish() => _hash.GetHashAndReset();
    }
}
