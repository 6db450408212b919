using System.Numerics;
using System.Security.Cryptography;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>Revocation lists: what they end, and which are not taken.</summary>
public sealed class RevokedCertificates
{
    [Fact]
    public async Task A_revoked_certificate_gets_nothing_and_the_trail_says_whose_it_was()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (good, bad) = (world.ShowGood(), world.ShowGood());
        await world.GetAsync(bad);
        await world.ImportAsync(world.Root.Crl(world.Now, null, bad.Certificate));
        Assert.Equal("Untrusted certificate. It is revoked.", (await world.RefusalAsync(bad)).Message);
        Assert.Equal(bad.Certificate.SerialNumber.ToLowerInvariant(), (string?)(await world.Bench.TrailAsync())[^1]["requestParameters"]!["x509Certificate"]!["serialNumber"]);
        await world.GetAsync(good);
    }

    [Fact]
    public async Task A_list_counts_as_long_as_it_is_enabled_and_there()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var bad = world.ShowGood();
        var id = (string)(await world.ImportAsync(world.Root.Crl(world.Now, null, bad.Certificate), isEnabled: false))["crl"]!["crlId"]!;
        await world.GetAsync(bad);
        await world.DoAsync("EnableCrl", ("crlId", id));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(bad)).Code);
        await world.DoAsync("DisableCrl", ("crlId", id));
        await world.GetAsync(bad);
        await world.DoAsync("EnableCrl", ("crlId", id));
        await world.DoAsync("UpdateCrl", ("crlId", id), ("crlData", Convert.ToBase64String(world.Root.Crl(world.Now))));
        await world.GetAsync(bad);
        await world.DoAsync("UpdateCrl", ("crlId", id), ("crlData", Convert.ToBase64String(world.Root.Crl(world.Now, null, bad.Certificate))));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(bad)).Code);
        await world.DoAsync("DeleteCrl", ("crlId", id));
        await world.GetAsync(bad);
        Assert.Equal("ResourceNotFoundException", (await world.RefusedAsync("GetCrl", ("crlId", id))).Code);
    }

    [Fact]
    public async Task An_authority_on_the_path_may_be_revoked()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var sub = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub"));
        await world.ImportAsync(world.Root.Crl(world.Now, null, sub.Certificate));
        Assert.Contains("authority on the path", (await world.RefusalAsync(world.Show(sub.Issue(world.Now), sub.Certificate))).Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever keeps a newer list back must gain nothing by it.</summary>
    [Fact]
    public async Task A_list_that_has_expired_lets_nobody_in()
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.ImportAsync(world.Root.Crl(world.Now, TimeSpan.FromDays(1)));
        await world.GetAsync(world.ShowGood());
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Contains("has expired: import a newer one", (await world.RefusalAsync(world.ShowGood())).Message, StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", (string?)(await world.Bench.TrailAsync())[^1]["errorCode"]);
        // A second list does not make the first a newer one: it may be of another key of the authority, with other certificates on it.
        await world.ImportAsync(world.Root.Crl(world.Now));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(world.ShowGood())).Code);
        var expired = (await world.DoAsync("ListCrls"))["crls"]!.AsArray().Select(each => (string)each!["crlId"]!).ToList();
        await world.DoAsync("UpdateCrl", ("crlId", expired[0]), ("crlData", Convert.ToBase64String(world.Root.Crl(world.Now))));
        await world.DoAsync("UpdateCrl", ("crlId", expired[1]), ("crlData", Convert.ToBase64String(world.Root.Crl(world.Now))));
        await world.GetAsync(world.ShowGood());
    }

    [Fact]
    public async Task A_list_is_about_its_own_anchor_whatever_the_authorities_are_called()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (twin, shown) = (TestCertificate.Root(world.Now), world.ShowGood());
        var anchor = (string)(await world.DoAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor("twin", twin.Pem)]))["trustAnchor"]!["trustAnchorArn"]!;
        await world.DoAsync("ImportCrl", ("name", "list"), ("crlData", Convert.ToBase64String(twin.Crl(world.Now, null, shown.Certificate))), ("trustAnchorArn", anchor), ("enabled", "true"));
        await world.GetAsync(shown);
    }

    [Fact]
    public async Task Of_an_authority_that_changed_its_key_either_key_revokes()
    {
        var now = new ManualTime().GetUtcNow();
        var (old, young) = (TestCertificate.Root(now), TestCertificate.Root(now));
        await using var world = await AnywhereWorld.StartAsync(_ => old, $"{old.Pem}\n{young.Pem}");
        var (bad, good) = (world.Show(old.Issue(now)), world.Show(old.Issue(now)));
        await world.ImportAsync(young.Crl(now, null, bad.Certificate));
        Assert.Contains("It is revoked", (await world.RefusalAsync(bad)).Message, StringComparison.Ordinal);
        await world.GetAsync(good);
    }

    [Fact]
    public async Task A_list_of_thousands_with_reasons_is_taken_and_each_of_them_counts()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (bad, good) = (world.ShowGood(new CertificateShape { Serial = [0x20, 0x00, 0x00, 0x07] }), world.ShowGood());
        var list = new HandMadeList
        {
            Serials = [.. Enumerable.Range(0, 7_000).Select(i => new BigInteger(0x20000000L + i))],
            OfEntries = [(HandMadeList.Reason, false, [0x0A, 0x01, 0x01])],
            Extensions = [(HandMadeList.Number, false, [0x02, 0x01, 0x01])],
        };
        await world.ImportAsync(list.Of(world.Root, world.Now));
        Assert.Contains("It is revoked", (await world.RefusalAsync(bad)).Message, StringComparison.Ordinal);
        await world.GetAsync(good);
    }

    [Fact]
    public async Task A_list_signed_by_SHA_1_is_not_taken()
    {
        await using var world = await AnywhereWorld.StartAsync(now => TestCertificate.Root(now, CertificateShape.Authority("CN=Workload CA,O=Example") with { NewKey = () => RSA.Create(2048) }));
        await world.ImportAsync(new HandMadeList().Of(world.Root, world.Now));
        var old = new HandMadeList { Signer = new Sha1Generator((RSA)world.Root.Key) }.Of(world.Root, world.Now);
        var refused = await world.RefusedAsync("ImportCrl", ("name", "list"), ("crlData", Convert.ToBase64String(old)), ("trustAnchorArn", world.TrustAnchorArn));
        Assert.Contains("not signed by an authority", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Lists => [.. Broken.Keys];

    private static readonly Dictionary<string, (string Says, Func<AnywhereWorld, byte[]> Make)> Broken = new(StringComparer.Ordinal)
    {
        ["of another authority"] = ("not signed by an authority", world => TestCertificate.Root(world.Now, CertificateShape.Authority("CN=Other")).Crl(world.Now)),
        ["of an authority with the same name"] = ("not signed by an authority", world => TestCertificate.Root(world.Now).Crl(world.Now)),
        ["of an authority that may not sign lists"] = ("not signed by an authority", world => world.Root.Issue(world.Now).Crl(world.Now)),
        ["expired"] = ("has expired", world => world.Root.Crl(world.Now.AddDays(-8))),
        ["not yet valid"] = ("not valid yet", world => world.Root.Crl(world.Now.AddDays(3))),
        ["of changes to another, which does not say that this is critical"] = ("whole lists", world => world.Root.CrlWith(0x1B, world.Now)),
        ["of a part, which does not say that this is critical"] = ("whole lists", world => world.Root.CrlWith(0x1C, world.Now)),
        ["of changes to another (delta)"] = ("whole lists of one authority", world => new HandMadeList { Extensions = [(HandMadeList.Delta, true, [2, 1, 1])] }.Of(world.Root, world.Now)),
        ["of certificates of others (indirect)"] = ("whole lists of one authority", world => new HandMadeList { Extensions = [(HandMadeList.Distribution, true, [0x30, 3, 0x84, 1, 0xFF])] }.Of(world.Root, world.Now)),
        ["with an entry of another authority's certificate"] = ("(2.5.29.29)", world => new HandMadeList { Serials = [7], OfEntries = [(HandMadeList.CertificateIssuer, true, [0x30, 0])] }.Of(world.Root, world.Now)),
        ["with an entry that must be understood and is not"] = ("(1.2.3.4)", world => new HandMadeList { Serials = [7], OfEntries = [("1.2.3.4", true, [5, 0])] }.Of(world.Root, world.Now)),
        ["that never says when the next one comes"] = ("nextUpdate", world => new HandMadeList { HasNextUpdate = false }.Of(world.Root, world.Now)),
        ["two in one text"] = ("not one list", world => System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", world.Root.Crl(world.Now)) + "\n" + PemEncoding.WriteString("X509 CRL", world.Root.Crl(world.Now)))),
        ["larger than any that is taken"] = ("length less than or equal to 400000", _ => new byte[300_001]),
        ["changed"] = ("not signed by an authority", world => Changed(world.Root.Crl(world.Now))),
        ["cut short"] = ("cannot be read", world => world.Root.Crl(world.Now)[..^1]),
        ["with something behind it"] = ("cannot be read", world => [.. world.Root.Crl(world.Now), 0]),
        ["a certificate"] = ("It ", world => world.Root.Certificate.RawData),
        ["nothing that is one"] = ("It ", _ => "what"u8.ToArray()),
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_that_nobody_can_rely_on_is_not_taken(string list)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (says, make) = Broken[list];
        var refused = await world.RefusedAsync("ImportCrl", ("name", "list"), ("crlData", Convert.ToBase64String(make(world))), ("trustAnchorArn", world.TrustAnchorArn), ("enabled", "true"));
        Assert.Equal("ValidationError", refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Empty((await world.DoAsync("ListCrls"))["crls"]!.AsArray());
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task Lists_go_with_their_anchor_of_which_each_has_two()
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.ImportAsync(world.Root.Crl(world.Now));
        await world.ImportAsync(world.Root.Crl(world.Now));
        Assert.Equal("ValidationError", (await world.RefusedAsync("ImportCrl", ("name", "list"), ("crlData", Convert.ToBase64String(world.Root.Crl(world.Now))), ("trustAnchorArn", world.TrustAnchorArn))).Code);
        await world.DoAsync("DeleteTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn)));
        Assert.Empty((await world.DoAsync("ListCrls"))["crls"]!.AsArray());
        Assert.Equal("ResourceNotFoundException", (await world.RefusalAsync(world.ShowGood())).Code);
    }

    // One bit of what is signed.
    private static byte[] Changed(byte[] list)
    {
        list[list.Length / 3] ^= 1;
        return list;
    }
}
