using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>A key that is being made, with its secret: the only moment at which there is one to be told.</summary>
internal sealed record NewAccessKey(AccessKey Key, string Secret)
{
    /// <summary>A key for a user, which may itself be new.</summary>
    public static NewAccessKey For(User user, Scene scene)
    {
        var id = FreshId(scene);
        var secret = Identifiers.Secret(scene.Entropy);
        var key = new AccessKey
        {
            Id = id,
            UserId = user.Id,
            Created = scene.NowInSeconds,
            SealedSecret = scene.Vault.SealSecret(secret, scene.Home.Account, user.Id, id, scene.Entropy),
        };
        return new NewAccessKey(key, secret);
    }

    /// <summary>Writes the key; of two that are made at once one is counted again.</summary>
    public Changes PutIn(Changes changes, User user) => changes.Put(DocumentKinds.AccessKey, Key).Guard(Guards.AccessKeysOf(user));

    // 39 bits are random: rare is not never, and a key must not take the place of another.
    private static string FreshId(Scene scene)
    {
        string id;
        do
            id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, scene.Home.Account, scene.Entropy);
        while (scene.Home.FindAccessKey(id) is not null || scene.Installation.Documents.Find(DocumentKinds.ForeignKey, id) is not null);
        return id;
    }
}
