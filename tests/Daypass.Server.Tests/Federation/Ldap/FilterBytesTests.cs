using System.Formats.Asn1;
using System.Text;
using Daypass.Server.Federation.Ldap;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Server.Tests.Federation.Ldap;

/// <summary>Filters as they go out, byte by byte: what no server here can be asked.</summary>
public sealed class FilterBytesTests
{
    private const string Dn = "CN=a,DC=x";

    // RFC 4511, section 4.5.1: extensibleMatch is [9], with the rule in [1], the attribute in [2] and the value in [3].
    private static readonly string InChain = "8117" + Hex("1.2.840.113556.1.4.1941") + "8206" + Hex("member") + "8309" + Hex(Dn);

    [Fact]
    public void Active_Directory_s_rule_takes_the_place_of_the_comparison_with_the_name()
    {
        var rule = "A9" + Length(2 + 23 + 2 + 6 + 2 + 9) + InChain;
        Assert.Equal(rule, BytesOf(LdapFilterReader.TryRead("(member=%d)")!.InChain()));
        // It is what an administrator would write himself.
        Assert.Equal(rule, BytesOf(LdapFilterReader.TryRead("(member:1.2.840.113556.1.4.1941:=%d)")!));
        // And nothing else of the filter changes: [0] is and, [3] an equality of two strings.
        var group = "A314" + "040B" + Hex("objectClass") + "0405" + Hex("group");
        Assert.Equal("A0" + Length((rule.Length + group.Length) / 2) + group + rule, BytesOf(LdapFilterReader.TryRead("(&(objectClass=group)(member=%d))")!.InChain()));
    }

    [Fact]
    public void Names_that_are_filled_in_are_values_whatever_they_hold()
    {
        const string Hostile = "cn=a)(member=*,dc=x\\2a";
        var filter = LdapFilterReader.TryRead("(member=%d)")!;
        var filled = filter.Filled(new LdapNames("u", Hostile));
        Assert.Equal("A3" + Length(2 + 6 + 2 + Hostile.Length) + "0406" + Hex("member") + "04" + Length(Hostile.Length) + Hex(Hostile), BytesOf(filled));
        Assert.Equal(BytesOf(filter, new LdapNames("u", Hostile)), BytesOf(filled, new LdapNames("other", "cn=other")));
        // [1] is or.
        Assert.StartsWith("A1", BytesOf(new LdapFilter.Any([filled, filled])), StringComparison.Ordinal);
    }

    private static string BytesOf(LdapFilter filter, LdapNames? names = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        LdapFilterWriter.Write(writer, filter, names ?? new LdapNames("u", Dn));
        return Convert.ToHexString(writer.Encode());
    }

    private static string Length(int length) => length < 128 ? $"{length:X2}" : throw new ArgumentOutOfRangeException(nameof(length));

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
}
