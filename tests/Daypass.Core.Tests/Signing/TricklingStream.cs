namespace Daypass.Core.Tests.Signing;

/// <summary>A body that arrives a few bytes at a time, as from a network.</summary>
internal sealed class TricklingStream(byte[] content, int most) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
}
