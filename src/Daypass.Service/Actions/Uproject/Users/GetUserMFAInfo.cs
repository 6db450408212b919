using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>Whether a user has an MFA device. Asks for what lists them in AWS's API.</summary>
internal sealed class GetUserMFAInfo : ApiAction<GetUserMFAInfo.Request, GetUserMFAInfo.Response>
{
    internal sealed record Request(string UserName);

    internal sealed record Response(bool IsEnabled) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Flag("IsMFAEnable", IsEnabled);
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.User.Ask(scene, "ListMFADevices", request.UserName));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(scene.Home.MfaDevicesOf(UprojectKinds.User.Require(scene, request.UserName)).Any()));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
