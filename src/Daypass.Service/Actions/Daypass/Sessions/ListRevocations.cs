using Daypass.Service.Actions.Iam;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Revocations;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>What the caller's account has revoked, in order of kinds and targets. A revocation is gone when no session can be left that it ends.</summary>
internal sealed class ListRevocations : ApiAction<ListRevocations.Request, ListRevocations.Response>
{
    private const int DefaultResults = 100;
    private const int MaxResults = 1000;

    internal sealed record Request(Paging Paging);

    internal sealed record Response(Page<Revocation> Page) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Revocations", Page.Items.Select(revocation => new RevocationShape(revocation)));
            writer.Text("NextToken", Page.Marker);
        }
    }

    public override Request Read(Parameters wire) => new(new Paging(wire.Text("NextToken", TextRules.Marker), wire.Number("MaxResults", 1, MaxResults) ?? DefaultResults));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ListRevocations", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var account = scene.Home.Account.ToString();
        return new Outcome<Response>(new Response(request.Paging.InOrder(
            after => scene.Installation.Documents.AllBy(DocumentIndexes.RevocationsByAccount, account, after),
            revocation => DocumentKinds.Revocation.KeyOf(revocation).Name)));
    }
}
