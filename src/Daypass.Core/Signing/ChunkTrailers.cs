using System.Text;

namespace Daypass.Signing;

/// <summary>
/// The trailers of an aws-chunked body: those that x-amz-trailer declares, each once and no others, then their signature if the
/// chunks are signed. Checksums among them are computed while the body passes.
/// </summary>
internal sealed class ChunkTrailers : IDisposable
{
    private const string SignaturePrefix = "x-amz-trailer-signature:";

    private readonly SortedDictionary<string, string?> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TrailingChecksum> _checksums = new(StringComparer.Ordinal);

    public ChunkTrailers(IEnumerable<string> declared)
    {
        foreach (var name in declared)
        {
            if (!_values.TryAdd(name, null))
                throw Malformed($"The trailer '{name}' is declared twice.");
            if (TrailingChecksum.For(name) is { } checksum)
                _checksums.Add(name, checksum);
        }
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public void Append(ReadOnlySpan<byte> data)
    {
        foreach (var checksum in _checksums.Values)
            checksum.Append(data);
    }

    /// <summary>Reads to the empty line after the trailers and verifies signature and checksums.</summary>
    public async ValueTask ReadAsync(ChunkSource source, ChunkVerifier? verifier, CancellationToken cancellationToken)
    {
        var signature = "";
        if (verifier is null)
            await ReadUnsignedAsync(source, cancellationToken).ConfigureAwait(false);
        else
            signature = await ReadSignedAsync(source, cancellationToken).ConfigureAwait(false);
        VerifyAllPresent();
        verifier?.VerifyTrailers(Canonical(), signature);
        VerifyChecksums();
    }

    public void Dispose()
    {
        foreach (var checksum in _checksums.Values)
            checksum.Dispose();
    }

    private async ValueTask ReadUnsignedAsync(ChunkSource source, CancellationToken cancellationToken)
    {
        for (var line = await NextAsync(source, cancellationToken).ConfigureAwait(false); line.Length > 0; line = await NextAsync(source, cancellationToken).ConfigureAwait(false))
            Take(line);
    }

    // Some clients put an empty line before the signature, too; after it there must be one.
    private async ValueTask<string> ReadSignedAsync(ChunkSource source, CancellationToken cancellationToken)
    {
        var line = await NextAsync(source, cancellationToken).ConfigureAwait(false);
        for (; line.Length > 0 && !IsSignature(line); line = await NextAsync(source, cancellationToken).ConfigureAwait(false))
            Take(line);
        if (line.Length == 0)
            line = await NextAsync(source, cancellationToken).ConfigureAwait(false);
        if (!IsSignature(line) || (await NextAsync(source, cancellationToken).ConfigureAwait(false)).Length > 0)
            throw Malformed("The trailers must end with x-amz-trailer-signature and an empty line.");
        return line[SignaturePrefix.Length..].Trim();
    }

    private static ValueTask<string> NextAsync(ChunkSource source, CancellationToken cancellationToken) => source.ReadLineAsync(mayEndWithLf: true, cancellationToken);

    private static bool IsSignature(string line) => line.StartsWith(SignaturePrefix, StringComparison.OrdinalIgnoreCase);

    private void Take(string line)
    {
        var colon = line.IndexOf(':');
        var name = colon < 0 ? "" : line[..colon].ToLowerInvariant();
        if (!_values.TryGetValue(name, out var known) || known is not null)
            throw Malformed("A trailer is malformed, repeated, or not declared in x-amz-trailer.");
        _values[name] = line[(colon + 1)..].Trim();
    }

    private byte[] Canonical()
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in _values)
            lines.Append(name).Append(':').Append(value).Append('\n');
        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    private void VerifyAllPresent()
    {
        foreach (var (name, value) in _values)
        {
            if (value is null)
                throw Malformed($"The trailer '{name}' is missing.");
        }
    }

    private void VerifyChecksums()
    {
        foreach (var (name, checksum) in _checksums)
        {
            if (!checksum.Matches(_values[name]!))
                throw new PayloadException(PayloadErrorCode.BadDigest, $"The {name} you specified did not match the calculated checksum.");
        }
    }

    private static PayloadException Malformed(string message) => new(PayloadErrorCode.MalformedTrailerError, message);
}
