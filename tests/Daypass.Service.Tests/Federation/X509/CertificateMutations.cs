using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Signing;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>Certificates that are changed by chance, and the same chances in every run: all are refused, and none is a fault of the service.</summary>
public sealed class CertificateMutations
{
    private const int Rounds = 600;
    private static readonly CertificateShape Rich = new() { AlternativeNames = names => names.AddDnsName("web.example.com") };
    private static readonly X509Extension Policies = new("2.5.29.32", Convert.FromHexString("300A300806062A0304050607"), false);
    private static readonly X509Extension Names = new("2.5.29.30", Convert.FromHexString("3011A00F300D820B6578616D706C652E636F6D"), true);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Whatever_is_changed_in_one_it_is_refused_and_nothing_breaks(bool isAuthority, bool isOfStranger)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var chance = new Random(isAuthority ? 1 : isOfStranger ? 2 : 3);
        var stranger = TestCertificate.Root(world.Now);
        var authority = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub") with { More = [Names, Policies] });
        var leaf = (isOfStranger ? stranger : authority).Issue(world.Now, Rich with { More = [Policies] });
        for (var round = 0; round < Rounds; round++)
        {
            var der = (isAuthority ? authority : leaf).Certificate.RawData;
            for (var i = chance.Next(3); i >= 0; i--)
                der[chance.Next(4, der.Length)] = (byte)chance.Next(256);
            if (der.AsSpan().SequenceEqual((isAuthority ? authority : leaf).Certificate.RawData))
                continue;
            var code = (await world.RefusalAsync(Shown(world, leaf, authority, isAuthority, der))).Code;
            Assert.True(code is "AccessDenied" or "SignatureDoesNotMatch", $"{round}: {code} for {Convert.ToHexString(der)}");
            // Nobody is throttled, and nothing expires.
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    // Signed by the leaf's key as it is shown now, where a library can read it at all.
    private static ShownCertificate Shown(AnywhereWorld world, TestCertificate leaf, TestCertificate authority, bool isAuthority, byte[] der)
    {
        var good = world.Show(leaf, authority.Certificate);
        try
        {
            var changed = X509CertificateLoader.LoadCertificate(der);
            _ = SigV4X509.SerialNumberOf(changed);
            return isAuthority ? good with { Chain = [changed] } : good with { Certificate = changed };
        }
        catch (CryptographicException)
        {
            return good with { Tamper = headers => AnywhereWorld.Rewrite(headers, isAuthority ? SigV4X509.ChainHeader : SigV4X509.CertificateHeader, _ => Convert.ToBase64String(der)) };
        }
    }
}
