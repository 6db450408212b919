using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>The protected services of the caller's account.</summary>
internal sealed class ListServices : ApiAction<ListServices.Request, ListServices.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<ProtectedServiceShape> Services) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Services", Services);
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ListServices", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var account = scene.Caller.Account.ToString();
        return new Outcome<Response>(new Response([
            .. scene.Installation.Documents.All(DocumentKinds.ProtectedService).Where(service => service.OwnerAccount == account).Select(service => new ProtectedServiceShape(service)),
        ]));
    }
}
