using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Rules = Daypass.Service.Outbound.OutboundFederation;

namespace Daypass.Service.Actions.Iam.OutboundFederation;

/// <summary>Lets principals of the account get tokens for others, under an issuer of its own.</summary>
internal sealed class EnableOutboundWebIdentityFederation : ApiAction<EnableOutboundWebIdentityFederation.Request, EnableOutboundWebIdentityFederation.Response>
{
    internal sealed record Request;

    internal sealed record Response(string IssuerIdentifier) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("IssuerIdentifier", IssuerIdentifier);
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:EnableOutboundWebIdentityFederation", "*", scene.Caller.Account));

    // Whoever fetches the issuer's keys as soon as it has a name must not keep an empty set.
    public override IReadOnlyList<string> SignsWith(Request request, Scene scene) => Rules.IsEnabled(scene) || scene.Settings.PublicUrl() is null ? [] : Rules.Keys;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        if (Rules.IsEnabled(scene))
            throw Errors.FeatureEnabled("Outbound web identity federation is already enabled for this account.");
        var issuer = Rules.NameIssuer(scene);
        return new Outcome<Response>(new Response(issuer), scene.Change().Put(DocumentKinds.Settings, scene.Home.Settings! with { IssuesWebIdentity = true }));
    }
}
