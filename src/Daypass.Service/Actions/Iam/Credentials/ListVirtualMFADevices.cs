using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>Virtual MFA devices of the account: none can be made here.</summary>
internal sealed class ListVirtualMFADevices : ApiAction<ListVirtualMFADevices.Request, ListResponse>
{
    internal sealed record Request(string? AssignmentStatus, Paging Paging);

    public override Request Read(Parameters wire) => new(wire.Word("AssignmentStatus", "Assigned", "Unassigned", "Any"), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("iam:ListVirtualMFADevices", Arn.Iam(scene.Home.Account, "mfa/").ToString(), scene.Caller.Account));

    public override Outcome<ListResponse> Run(Request request, Scene scene) => new(ListResponse.Empty("VirtualMFADevices"));
}
