using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> text: plus and percent escapes, UTF-8. A name that comes twice is refused, because
/// whoever checked the request before us may have believed the other one.
/// </summary>
internal static class FormReader
{
    public static void Read(ReadOnlySpan<byte> form, List<KeyValuePair<string, string>> into)
    {
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
                continue;
            if (into.Count >= Parameters.MaxCount)
                throw Errors.MalformedInput($"The request has more than {Parameters.MaxCount} parameters.");
            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            into.Add(KeyValuePair.Create(name, equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }
    }

    public static void RefuseDuplicates(List<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count <= 16)
        {
            for (var i = 1; i < parameters.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (parameters[i].Key == parameters[j].Key)
                        throw Duplicate(parameters[i].Key);
                }
            }
            return;
        }
        var names = new HashSet<string>(parameters.Count, StringComparer.Ordinal);
        foreach (var pair in parameters)
        {
            if (!names.Add(pair.Key))
                throw Duplicate(pair.Key);
        }
    }

    public static ApiException Duplicate(string name) => Errors.MalformedInput($"The parameter {(name.Length > 128 ? name[..128] : name)} is given more than once.");

    private static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny((byte)'%', (byte)'+'))
            return Encoding.UTF8.GetString(text);
        var buffer = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var octet = text[i];
            if (octet == '+')
            {
                octet = (byte)' ';
            }
            else if (octet == '%')
            {
                if (i + 2 >= text.Length)
                    throw Errors.Signing("MalformedQueryString", "Incomplete trailing escape % sequence");
                if (!char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                    throw Errors.Signing("MalformedQueryString", $"Illegal hex character in escape % pattern: {Encoding.Latin1.GetString(text.Slice(i, 3))}");
                octet = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            buffer[length++] = octet;
        }
        return Encoding.UTF8.GetString(buffer[..length]);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
