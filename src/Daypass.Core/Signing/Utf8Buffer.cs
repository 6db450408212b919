using System.Buffers;
using System.Text;

namespace Daypass.Signing;

/// <summary>Bytes that grow: on the stack first, in a pooled array when they outgrow it. Cleared at the end, as tokens pass through.</summary>
internal ref struct Utf8Buffer(Span<byte> first)
{
    private Span<byte> _bytes = first;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    public void Add(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    public void Add(scoped ReadOnlySpan<byte> values)
    {
        if (values.Length > _bytes.Length - Length)
            Grow(values.Length);
        values.CopyTo(_bytes[Length..]);
        Length += values.Length;
    }

    public void Add(scoped ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _bytes.Length - Length)
            Grow(most);
        Length += Encoding.UTF8.GetBytes(text, _bytes[Length..]);
    }

    public void CutTo(int length) => Length = length;

    public void Dispose()
    {
        _bytes[..Length].Clear();
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _bytes = default;
        Length = 0;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + more), _bytes.Length * 2));
        Written.CopyTo(larger);
        _bytes[..Length].Clear();
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _bytes = _rented = larger;
    }
}
