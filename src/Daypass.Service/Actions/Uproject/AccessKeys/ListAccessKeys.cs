using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>The keys of a user, without their secrets. The list's name is in the singular there.</summary>
internal sealed class ListAccessKeys : ApiAction<ListAccessKeys.Request, ListAccessKeys.Response>
{
    internal sealed record Request(string UserName);

    internal sealed record Response(IReadOnlyList<AccessKeyView> AccessKeys) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("AccessKey", AccessKeys);
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response([.. scene.Home.AccessKeysOf(UprojectKinds.User.Require(scene, request.UserName)).Select(key => new AccessKeyView(key))]));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
