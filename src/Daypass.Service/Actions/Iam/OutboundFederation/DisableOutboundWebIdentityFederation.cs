using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Rules = Daypass.Service.Outbound.OutboundFederation;

namespace Daypass.Service.Actions.Iam.OutboundFederation;

/// <summary>No more tokens for others. Those that there are verify until they end: an hour at most.</summary>
internal sealed class DisableOutboundWebIdentityFederation : ApiAction<DisableOutboundWebIdentityFederation.Request, Nothing>
{
    internal sealed record Request;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:DisableOutboundWebIdentityFederation", "*", scene.Caller.Account));

    public override Outcome<Nothing> Run(Request request, Scene scene) => Rules.IsEnabled(scene)
        ? new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Settings, scene.Home.Settings! with { IssuesWebIdentity = false }))
        : throw Errors.FeatureDisabled("Outbound web identity federation is already disabled for this account.");
}
