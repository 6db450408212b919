using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>The ARNs of all providers of the account. AWS has no pages here.</summary>
internal sealed class ListOpenIDConnectProviders : ApiAction<ListOpenIDConnectProviders.Request, ListOpenIDConnectProviders.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<Entry> OpenIDConnectProviderList) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("OpenIDConnectProviderList", OpenIDConnectProviderList);
    }

    internal sealed record Entry(string Arn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("Arn", Arn);
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("iam:ListOpenIDConnectProviders", Arn.Iam(scene.Home.Account, "oidc-provider/*").ToString(), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response([.. scene.Home.Documents.All(DocumentKinds.OidcProvider).Select(provider => new Entry(provider.ArnIn(scene.Home.Account).ToString()))]));
}
