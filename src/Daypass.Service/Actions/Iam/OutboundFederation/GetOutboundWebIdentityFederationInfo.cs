using Daypass.Service.Pipeline;
using Rules = Daypass.Service.Outbound.OutboundFederation;

namespace Daypass.Service.Actions.Iam.OutboundFederation;

/// <summary>The account's issuer, for whoever sets up trust in it. While it is switched off there is none to trust.</summary>
internal sealed class GetOutboundWebIdentityFederationInfo : ApiAction<GetOutboundWebIdentityFederationInfo.Request, GetOutboundWebIdentityFederationInfo.Response>
{
    internal sealed record Request;

    internal sealed record Response(string IssuerIdentifier) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("IssuerIdentifier", IssuerIdentifier);
            writer.Flag("JwtVendingEnabled", true);
        }
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:GetOutboundWebIdentityFederationInfo", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) => Rules.IsEnabled(scene)
        ? new Outcome<Response>(new Response(Rules.NameIssuer(scene)))
        : throw Errors.FeatureDisabled("Outbound web identity federation is not enabled for this account.");
}
