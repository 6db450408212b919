using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Tests.Support;

/// <summary>Bytes that are the same in every run and different at every call. Nodes that share a store each need a seed of their own.</summary>
internal sealed class SeededEntropy(int seed = 0) : IEntropy
{
    private long _calls = (long)seed << 32;

    public void Fill(Span<byte> bytes)
    {
        Span<byte> call = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(call, Interlocked.Increment(ref _calls));
        HKDF.Expand(HashAlgorithmName.SHA256, SHA256.HashData(call), bytes, default);
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
