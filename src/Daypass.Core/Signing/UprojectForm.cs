using System.Text;

namespace Daypass.Signing;

/// <summary>Reads parameters of a query or of a form: plus signs, percent escapes and UTF-8, each of which must be whole.</summary>
internal static class UprojectForm
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UprojectError Broken = new("An escape of the request is broken, or is no UTF-8.");

    public static UprojectError? Read(ReadOnlySpan<byte> form, bool isQuery, List<UprojectPart> into)
    {
        var scratch = new byte[form.Length];
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
                continue;
            if (into.Count >= UprojectRequest.MaxParameters)
                return UprojectRequest.TooMany;
            var equals = pair.IndexOf((byte)'=');
            if (Decode(equals < 0 ? pair : pair[..equals], scratch) is not { } name || Decode(equals < 0 ? default : pair[(equals + 1)..], scratch) is not { } value)
                return Broken;
            if (UprojectName.Check(name) is { } error)
                return error;
            into.Add(new UprojectPart(name, value, isQuery));
        }
        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        if (!text.ContainsAny((byte)'%', (byte)'+'))
            return ToText(text);
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var octet = text[i];
            if (octet == '%')
            {
                if (i + 2 >= text.Length || Convert.FromHexString(text.Slice(i + 1, 2), scratch.Slice(length, 1), out _, out _) != System.Buffers.OperationStatus.Done)
                    return null;
                length++;
                i += 2;
                continue;
            }
            scratch[length++] = octet == '+' ? (byte)' ' : octet;
        }
        return ToText(scratch[..length]);
    }

    // A byte that is no text would be signed as it is by one reader and as U+FFFD by another.
    private static string? ToText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
