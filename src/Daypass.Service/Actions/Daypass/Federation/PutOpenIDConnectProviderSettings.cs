using System.Text;
using Daypass.Jose;
using Daypass.Service.Actions.Iam.OidcProviders;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>
/// What a provider can have beyond AWS's: pinned keys, authorities of its own, sessions that end with their token. Replaces all of them: what is not passed
/// is off. An action of its own, so that IAM's stay as every client knows them.
/// </summary>
internal sealed class PutOpenIDConnectProviderSettings : ApiAction<PutOpenIDConnectProviderSettings.Request, Nothing>
{
    private static readonly TextRule KeySetRule = TextRule.Of(1, 65_536);
    private static readonly TextRule AuthoritiesRule = TextRule.Of(1, 32_768);

    internal sealed record Request(string Arn, string? KeySet, string? Authorities, bool SessionsEndWithToken);

    public override bool IsOfIam => true;

    public override Request Read(Parameters wire) => new(
        ProviderTarget.Read(wire), wire.Text("JsonWebKeySet", KeySetRule), wire.Text("CertificateAuthorities", AuthoritiesRule), wire.Flag("SessionsEndWithToken") ?? false);

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "daypass:PutOpenIDConnectProviderSettings", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = ProviderTarget.Require(scene, request.Arn);
        CheckKeys(request.KeySet);
        RootAuthorities.Check(request.Authorities);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(
            DocumentKinds.OidcProvider,
            provider with { PinnedKeys = request.KeySet, CertificateAuthorities = request.Authorities, SessionsEndWithToken = request.SessionsEndWithToken }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];

    // A set without one usable key would let nobody in, and an operator who pins keys wants to know that now.
    private static void CheckKeys(string? text)
    {
        if (text is null)
            return;
        var set = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(text), out var fault) ?? throw Errors.InvalidInput(fault!.Message);
        if (set.Skipped.Count > 0 || set.Keys.Count == 0)
            throw Errors.InvalidInput(set.Skipped.Count > 0 ? $"The key set has a key that cannot be used. {set.Skipped[0]}" : "The key set has no keys.");
    }
}
