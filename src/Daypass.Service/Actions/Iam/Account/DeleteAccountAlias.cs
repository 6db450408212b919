using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>Takes the account's readable name away.</summary>
internal sealed class DeleteAccountAlias : ApiAction<DeleteAccountAlias.Request, Nothing>
{
    internal sealed record Request(string AccountAlias);

    public override Request Read(Parameters wire) => new(AccountAlias.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:DeleteAccountAlias", "*", scene.Caller.Account));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var settings = scene.Home.Settings!;
        if (settings.Alias != request.AccountAlias)
            throw Errors.NoSuchEntity($"The account alias {request.AccountAlias} cannot be found.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Settings, settings with { Alias = null }));
    }
}
