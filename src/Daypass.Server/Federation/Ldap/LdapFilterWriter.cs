using System.Formats.Asn1;
using System.Text;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Server.Federation.Ldap;

/// <summary>Filters as bytes (RFC 4511, section 4.5.1). What a caller gave is a value's bytes: there is no text that it could be read as part of.</summary>
internal static class LdapFilterWriter
{
    private static readonly Asn1Tag Initial = Context(0);
    private static readonly Asn1Tag Middle = Context(1);
    private static readonly Asn1Tag Final = Context(2);

    public static void Write(AsnWriter writer, LdapFilter filter, LdapNames names)
    {
        switch (filter)
        {
            case LdapFilter.All all:
                WriteSet(writer, 0, all.Parts, names);
                break;
            case LdapFilter.Any any:
                WriteSet(writer, 1, any.Parts, names);
                break;
            case LdapFilter.Not not:
                using (writer.PushSequence(Context(2)))
                    Write(writer, not.Part, names);
                break;
            case LdapFilter.Compare compare:
                WriteCompare(writer, compare, names);
                break;
            case LdapFilter.Substrings substrings:
                WriteSubstrings(writer, substrings, names);
                break;
            case LdapFilter.Present present:
                writer.WriteOctetString(Encoding.ASCII.GetBytes(present.Attribute), Context(7));
                break;
            case LdapFilter.Extensible extensible:
                WriteExtensible(writer, extensible, names);
                break;
            default:
                throw new NotSupportedException(filter.GetType().Name);
        }
    }

    private static void WriteSet(AsnWriter writer, int tag, IReadOnlyList<LdapFilter> parts, LdapNames names)
    {
        using (writer.PushSetOf(Context(tag)))
        {
            foreach (var part in parts)
                Write(writer, part, names);
        }
    }

    private static void WriteCompare(AsnWriter writer, LdapFilter.Compare compare, LdapNames names)
    {
        var tag = compare.Comparison switch
        {
            LdapComparison.GreaterOrEqual => 5,
            LdapComparison.LessOrEqual => 6,
            LdapComparison.Approximate => 8,
            _ => 3,
        };
        using (writer.PushSequence(Context(tag)))
        {
            writer.WriteOctetString(Encoding.ASCII.GetBytes(compare.Attribute));
            writer.WriteOctetString(compare.Value.Fill(names));
        }
    }

    private static void WriteSubstrings(AsnWriter writer, LdapFilter.Substrings substrings, LdapNames names)
    {
        using (writer.PushSequence(Context(4)))
        {
            writer.WriteOctetString(Encoding.ASCII.GetBytes(substrings.Attribute));
            using (writer.PushSequence())
            {
                if (substrings.Initial is { } initial)
                    writer.WriteOctetString(initial.Fill(names), Initial);
                foreach (var middle in substrings.Middle)
                    writer.WriteOctetString(middle.Fill(names), Middle);
                if (substrings.Final is { } final)
                    writer.WriteOctetString(final.Fill(names), Final);
            }
        }
    }

    private static void WriteExtensible(AsnWriter writer, LdapFilter.Extensible extensible, LdapNames names)
    {
        using (writer.PushSequence(Context(9)))
        {
            if (extensible.Rule is { } rule)
                writer.WriteOctetString(Encoding.ASCII.GetBytes(rule), Context(1));
            if (extensible.Attribute is { } attribute)
                writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute), Context(2));
            writer.WriteOctetString(extensible.Value.Fill(names), Context(3));
            if (extensible.OfDn)
                writer.WriteBoolean(true, Context(4));
        }
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
