using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>All SAML providers of the account. AWS has no pages here.</summary>
internal sealed class ListSAMLProviders : ApiAction<ListSAMLProviders.Request, ListSAMLProviders.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<Entry> SAMLProviderList) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("SAMLProviderList", SAMLProviderList);
    }

    internal sealed record Entry(string Arn, SamlProvider Provider) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Arn", Arn);
            writer.Time("ValidUntil", GetSAMLProvider.EndOf(Provider));
            writer.Time("CreateDate", Provider.Created);
        }
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("iam:ListSAMLProviders", Arn.Iam(scene.Home.Account, "saml-provider/*").ToString(), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response([.. scene.Home.Documents.All(DocumentKinds.SamlProvider).Select(provider => new Entry(provider.ArnIn(scene.Home.Account).ToString(), provider))]));
}
