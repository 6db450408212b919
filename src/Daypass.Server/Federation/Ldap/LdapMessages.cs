using System.Formats.Asn1;
using System.Text;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Server.Federation.Ldap;

/// <summary>The messages of RFC 4511 as bytes: those that signing in sends, and those that answer them.</summary>
internal static class LdapMessages
{
    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";

    // RFC 4511, section 4.5.1.8: no attributes.
    private const string NoAttributes = "1.1";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static byte[] Bind(int id, string dn, string password) => Message(id, writer =>
    {
        using (writer.PushSequence(Tag(LdapOperation.BindRequest)))
        {
            writer.WriteInteger(3);
            Write(writer, dn);
            writer.WriteOctetString(Encoding.UTF8.GetBytes(password), Context(0));
        }
    });

    public static byte[] Search(int id, LdapSearch search) => Message(id, writer =>
    {
        using (writer.PushSequence(Tag(LdapOperation.SearchRequest)))
        {
            Write(writer, search.Base);
            writer.WriteEnumeratedValue(SearchScope.WholeSubtree);
            writer.WriteEnumeratedValue(DerefAliases.Never);
            // One more than is wanted: else "these are all" and "there are more" would look alike.
            writer.WriteInteger(search.Most + 1);
            writer.WriteInteger((int)LdapSignIn.Patience.TotalSeconds);
            writer.WriteBoolean(false);
            LdapFilterWriter.Write(writer, search.Filter, search.Names);
            using (writer.PushSequence())
                Write(writer, search.Attribute ?? NoAttributes);
        }
    });

    public static byte[] StartTls(int id) => Message(id, writer =>
    {
        using (writer.PushSequence(Tag(LdapOperation.ExtendedRequest)))
            writer.WriteOctetString(Encoding.ASCII.GetBytes(StartTlsName), Context(0));
    });

    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(Tag(LdapOperation.UnbindRequest)));

    /// <exception cref="FetchException">It is not a message.</exception>
    public static LdapMessage Read(byte[] bytes) => Understand(() =>
    {
        var message = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        if (!message.TryReadInt32(out var id))
            throw new AsnContentException();
        var tag = message.PeekTag();
        if (tag.TagClass != TagClass.Application)
            throw new AsnContentException();
        return new LdapMessage(id, (LdapOperation)tag.TagValue, message.ReadEncodedValue());
    });

    /// <summary>The outcome that a message tells; it must be of that operation.</summary>
    public static LdapResult ReadResult(LdapMessage message, LdapOperation operation)
    {
        if (message.Operation != operation)
            throw new FetchException(FetchFault.Unusable, $"it answered with the operation {message.Operation}");
        return Understand(() =>
        {
            var result = Content(message);
            var code = result.ReadEnumeratedValue<LdapResultCode>();
            result.ReadOctetString();
            return new LdapResult(code, Shown(Encoding.UTF8.GetString(result.ReadOctetString())));
        });
    }

    /// <summary>An entry, with the values of an attribute. Values that are no text are left out.</summary>
    public static LdapEntry ReadEntry(LdapMessage message, string? attribute) => Understand(() =>
    {
        var entry = Content(message);
        var dn = Text(entry.ReadOctetString()) ?? throw new AsnContentException();
        var values = new List<string>();
        var attributes = entry.ReadSequence();
        while (attributes.HasData)
        {
            var found = attributes.ReadSequence();
            var name = Text(found.ReadOctetString());
            var set = found.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                if (Text(set.ReadOctetString()) is { } value && string.Equals(name, attribute, StringComparison.OrdinalIgnoreCase))
                    values.Add(value);
            }
        }
        return new LdapEntry(dn, values);
    });

    private static T Understand<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AsnContentException)
        {
            throw new FetchException(FetchFault.Unusable, "it did not answer in LDAP");
        }
    }

    private static byte[] Message(int id, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            write(writer);
        }
        var bytes = writer.Encode();
        writer.Reset();
        return bytes;
    }

    private static AsnReader Content(LdapMessage message) =>
        new AsnReader(message.Content, AsnEncodingRules.BER).ReadSequence(Tag(message.Operation));

    private static void Write(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private static string? Text(byte[] bytes)
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

    // For the log: one short line.
    private static string Shown(string text) => string.Concat(text.Take(200).Where(character => !char.IsControl(character)));

    private static Asn1Tag Tag(LdapOperation operation) => new(TagClass.Application, (int)operation);

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    private enum SearchScope
    {
        WholeSubtree = 2,
    }

    private enum DerefAliases
    {
        Never = 0,
    }
}

/// <summary>A message as it came.</summary>
internal readonly record struct LdapMessage(int Id, LdapOperation Operation, ReadOnlyMemory<byte> Content);

/// <summary>How an operation ended.</summary>
internal readonly record struct LdapResult(LdapResultCode Code, string Diagnostic);

/// <summary>The application tags of RFC 4511.</summary>
internal enum LdapOperation
{
    BindRequest = 0,
    BindResponse = 1,
    UnbindRequest = 2,
    SearchRequest = 3,
    SearchResultEntry = 4,
    SearchResultDone = 5,
    SearchResultReference = 19,
    ExtendedRequest = 23,
    ExtendedResponse = 24,
    IntermediateResponse = 25,
}

/// <summary>Those result codes of RFC 4511, appendix A, that are told apart here.</summary>
internal enum LdapResultCode
{
    Success = 0,
    SizeLimitExceeded = 4,
    Referral = 10,
    InvalidCredentials = 49,
    Busy = 51,
    Unavailable = 52,
}
