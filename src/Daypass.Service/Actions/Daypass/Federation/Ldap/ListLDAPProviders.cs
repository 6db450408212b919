using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>All LDAP providers of the account, in the order of their names. There are few: no pages.</summary>
internal sealed class ListLDAPProviders : ApiAction<ListLDAPProviders.Request, ListLDAPProviders.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<LdapProviderShape> Providers) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Providers", Providers);
    }

    public override bool IsOfIam => true;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:ListLDAPProviders", Arn.Iam(scene.Home.Account, "ldap-provider/*").ToString(), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response([.. scene.Home.Documents.All(DocumentKinds.LdapProvider).Select(provider => new LdapProviderShape(scene.Home.Account, provider))]));
}
