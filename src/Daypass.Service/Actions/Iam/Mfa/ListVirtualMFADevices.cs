using Daypass.Names;
using Daypass.Service.Actions.Iam.Users;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Virtual MFA devices of the account, with the users that have them; never their seeds.</summary>
internal sealed class ListVirtualMFADevices : ApiAction<ListVirtualMFADevices.Request, ListResponse>
{
    internal sealed record Request(string Status, Paging Paging);

    private sealed record Device(MfaDevice Stored, Scene Scene) : IShape
    {
        public string SerialNumber { get; } = Stored.ArnIn(Scene.Home.Account).ToString();

        public void Write(ShapeWriter writer)
        {
            writer.Text("SerialNumber", SerialNumber);
            if (Stored.UserId is { } userId && Scene.Home.FindUserById(userId) is { } user)
                writer.Structure("User", UserShape.Listed(user, Scene));
            writer.Time("EnableDate", Stored.Enabled);
        }
    }

    public override Request Read(Parameters wire) => new(wire.Word("AssignmentStatus", "Assigned", "Unassigned", "Any") ?? "Any", Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("iam:ListVirtualMFADevices", Arn.Iam(scene.Home.Account, "mfa/").ToString(), scene.Caller.Account));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var devices = scene.Home.Documents.All(DocumentKinds.MfaDevice)
            .Where(device => request.Status == "Any" || (request.Status == "Assigned") == (device.UserId is not null))
            .Select(device => new Device(device, scene));
        return new Outcome<ListResponse>(ListResponse.Of("VirtualMFADevices", request.Paging.Of(devices, device => device.SerialNumber), device => device));
    }
}
