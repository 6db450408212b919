using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>A document set under random changes against a plain dictionary of what was put.</summary>
public sealed class DocumentsTests
{
    private static readonly SetId Set = new("123456789012");
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Any_changes_leave_what_the_dictionary_holds(int seed)
    {
        var world = new World(seed);
        for (var i = 0; i < 1_500; i++)
        {
            world.Change();
            if (i % 100 == 0)
                world.RequireEqual();
        }
        world.RequireEqual();
    }

    [Fact]
    public void A_set_that_changed_is_the_set_that_is_loaded_afterwards()
    {
        var world = new World(4);
        for (var i = 0; i < 1_000; i++)
            world.Change();
        var loaded = Documents.From(new DocumentSet(Set, world.Documents.Position, [.. world.Model.Values.Reverse()]));
        Assert.Equal(loaded.All(DocumentKinds.User).Select(Describe), world.Documents.All(DocumentKinds.User).Select(Describe));
        Assert.Equal(loaded.All(DocumentKinds.AccessKey).Select(key => key.Id), world.Documents.All(DocumentKinds.AccessKey).Select(key => key.Id));
        Assert.All(world.Model.Keys, key => Assert.Equal(loaded.RevisionOf(key), world.Documents.RevisionOf(key)));
    }

    [Fact]
    public void What_a_set_is_taken_to_weigh_grows_with_what_it_holds_and_is_nothing_in_the_end()
    {
        var world = new World(6);
        for (var i = 0; i < 500; i++)
            world.Change();
        var documents = world.Documents;
        Assert.True(documents.Bytes >= world.Model.Values.Sum(document => document.Body.Length));
        foreach (var key in world.Model.Keys)
        {
            var less = documents.Apply(new Change(documents.Position, Set, [], [key]));
            Assert.True(less.Bytes < documents.Bytes);
            documents = less;
        }
        Assert.Equal(0, documents.Bytes);
    }

    [Fact]
    public void Who_reads_while_others_write_sees_one_moment()
    {
        var world = new World(5);
        var isDone = 0;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var read = 0;
            do
            {
                var seen = world.Documents;
                // In every moment the indexes say what the documents say.
                Assert.Equal(seen.Count(DocumentKinds.User), seen.All(DocumentKinds.User).Count());
                Assert.All(seen.All(DocumentKinds.User), user => Assert.Same(user, seen.FindBy(DocumentIndexes.UserById, user.Id)));
                read++;
            }
            while (Volatile.Read(ref isDone) == 0);
            return read;
        })).ToArray();
        for (var i = 0; i < 2_000; i++)
            world.Change();
        Volatile.Write(ref isDone, 1);
        Assert.All(readers, reader => Assert.True(reader.GetAwaiter().GetResult() > 0));
    }

    [Fact]
    public void Equal_texts_of_many_documents_are_in_memory_once()
    {
        var users = Enumerable.Range(0, 3).Select(i => NewUser($"user-{i}", i) with { Inline = [new InlinePolicy("p", "{\"Version\":\"2012-10-17\"}")] });
        var loaded = Documents.From(new DocumentSet(Set, new FeedPosition("e", 1), [.. users.Select(user => Stored(DocumentKinds.User, user, 1))]));
        var changed = users.Aggregate(Documents.Empty(Set, default), (documents, user) =>
            documents.Apply(new Change(new FeedPosition("e", 1), Set, [Stored(DocumentKinds.User, user, 1)], [])));
        foreach (var documents in (Documents[])[loaded, changed])
        {
            var all = documents.All(DocumentKinds.User).ToList();
            Assert.Single(all.Select(user => user.Inline[0].Document).Distinct(ReferenceEqualityComparer.Instance));
            Assert.Single(all.Select(user => user.Path).Distinct(ReferenceEqualityComparer.Instance));
        }
    }

    private static User NewUser(string name, int number) => new() { Name = name, Path = "/", Id = $"AIDA{number:D17}", Created = Then };

    private static Document Stored<T>(DocumentKind<T> kind, T value, long revision)
        where T : class => new(kind.KeyOf(value), revision, kind.Write(value));

    private static string Describe(User user) => $"{user.Name} {user.Id} {string.Join(',', user.Groups)} {string.Join(',', user.Attached)} {user.Boundary}";

    private sealed class World(int seed)
    {
        private readonly Random _random = new(seed);
        private Documents _documents = Documents.Empty(Set, default);
        private int _sequence;

        public Documents Documents => Volatile.Read(ref _documents);

        public SortedDictionary<DocumentKey, Document> Model { get; } = new(Comparer<DocumentKey>.Create((one, other) =>
            string.CompareOrdinal(one.Kind, other.Kind) is var order and not 0 ? order : string.CompareOrdinal(one.Name, other.Name)));

        public void Change()
        {
            var position = new FeedPosition("e", ++_sequence);
            Document[] puts = _random.Next(4) > 0 ? [Any(), DocumentOf(DocumentKey.Guard("users"), "{}"u8.ToArray())] : [];
            DocumentKey[] deletes = puts.Length == 0 ? [Any().Key, Any().Key] : [];
            foreach (var key in deletes)
                Model.Remove(key);
            foreach (var put in puts)
                Model[put.Key] = put;
            Volatile.Write(ref _documents, Documents.Apply(new Change(position, Set, puts, deletes)));
        }

        public void RequireEqual()
        {
            User[] users = [.. Values(DocumentKinds.User)];
            Assert.Equal(users.Select(Describe), Documents.All(DocumentKinds.User).Select(Describe));
            Assert.Equal(users.Length, Documents.Count(DocumentKinds.User));
            Assert.All(Model.Values, document => Assert.Equal(document.Revision, Documents.RevisionOf(document.Key)));
            foreach (var group in Enumerable.Range(0, 5).Select(Group))
            {
                string[] members = [.. users.Where(user => user.Groups.Contains(group)).Select(user => user.Name)];
                Assert.Equal(members, Documents.AllBy(DocumentIndexes.UsersByGroup, group).Select(user => user.Name));
                Assert.Equal(members.Where(name => string.CompareOrdinal(name, "user-5") > 0), Documents.AllBy(DocumentIndexes.UsersByGroup, group, "user-5").Select(user => user.Name));
                Assert.Equal(members.Length, Documents.CountBy(DocumentIndexes.UsersByGroup, group));
                Assert.Equal(users.Count(user => user.Boundary == group), Documents.CountBy(DocumentIndexes.UsersByBoundary, group));
            }
            foreach (var id in Enumerable.Range(0, 60).Select(number => NewUser("", number).Id))
            {
                Assert.Equal(users.FirstOrDefault(user => user.Id == id)?.Name, Documents.FindBy(DocumentIndexes.UserById, id)?.Name);
                Assert.Equal(
                    Values(DocumentKinds.AccessKey).Where(key => key.UserId == id).Select(key => key.Id),
                    Documents.AllBy(DocumentIndexes.AccessKeysByUser, id).Select(key => key.Id));
            }
        }

        private IEnumerable<T> Values<T>(DocumentKind<T> kind)
            where T : class => Model.Values.Where(document => document.Key.Kind == kind.Name).Select(document => (T)DocumentKinds.Read(document)!);

        private Document Any()
        {
            var number = _random.Next(60);
            if (_random.Next(2) > 0)
            {
                var key = new AccessKey { Id = $"AKIA{number}", UserId = NewUser("", _random.Next(60)).Id, Created = Then, SealedSecret = [1] };
                return DocumentOf(DocumentKinds.AccessKey.KeyOf(key), DocumentKinds.AccessKey.Write(key));
            }
            var user = NewUser($"user-{number}", number) with
            {
                Groups = [.. Enumerable.Range(0, 5).Where(_ => _random.Next(3) == 0).Select(Group)],
                Boundary = _random.Next(2) == 0 ? Group(_random.Next(5)) : null,
            };
            return DocumentOf(DocumentKinds.User.KeyOf(user), DocumentKinds.User.Write(user));
        }

        private static string Group(int number) => $"AGPA{number}";

        private Document DocumentOf(DocumentKey key, byte[] body) => new(key, _sequence, body);
    }
}
