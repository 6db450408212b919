using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Tests.Support;

/// <summary>Bytes that are the same in every run and different at every call.</summary>
internal sealed class SeededEntropy : IEntropy
{
    private long _calls;

    public void Fill(Span<byte> bytes)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(seed, ++_calls);
        HKDF.Expand(HashAlgorithmName.SHA256, SHA256.HashData(seed), bytes, default);
    }
}

/// <summary>A request that no header came with.</summary>
internal sealed class NoHeaders : IRequestHeaders
{
    public static readonly NoHeaders Instance = new();

    public IEnumerable<string> Names => [];

    public int Count(string name) => 0;

    public string? Get(string name, int index) => null;

    public bool Contains(string name) => false;
}
