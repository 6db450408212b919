using System.Security.Cryptography;

namespace Daypass.Storage.Snapshots;

/// <summary>Counts rows and hashes them as <see cref="RowCodec"/> writes them: equal digests are equal tables, whatever the engine.</summary>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _scratch = new();

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        _scratch.SetLength(0);
        Add(row, _scratch);
    }

    /// <summary>Counts a row while it is written.</summary>
    public void Add(object?[] row, MemoryStream target)
    {
        var start = (int)target.Length;
        RowCodec.Write(row, target);
        AddEncoded(target.GetBuffer().AsSpan(start, (int)target.Length - start));
    }

    /// <summary>Counts a row that is encoded already.</summary>
    public void AddEncoded(ReadOnlySpan<byte> row)
    {
        _hash.AppendData(row);
        Rows++;
    }

    public TableSum Finish() => new(Rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose()
    {
        _hash.Dispose();
        _scratch.Dispose();
    }
}
