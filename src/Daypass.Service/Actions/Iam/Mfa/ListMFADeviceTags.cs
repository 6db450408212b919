using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>The tags of a virtual MFA device.</summary>
internal sealed class ListMFADeviceTags : ApiAction<ListMFADeviceTags.Request, ListResponse>
{
    internal sealed record Request(string SerialNumber, Paging Paging);

    public override Request Read(Parameters wire) => new(MfaTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(MfaTarget.Ask(scene, Name, request.SerialNumber));

    public override Outcome<ListResponse> Run(Request request, Scene scene) =>
        new(ListResponse.OfTags(MfaTarget.Require(scene, request.SerialNumber).Tags, request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [MfaTarget.Resource(request.SerialNumber)];
}
