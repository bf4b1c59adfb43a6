package dev.cutline.xmp;

import static dev.cutline.xmp.Samples.captioned;
import static dev.cutline.xmp.Samples.english;
import static dev.cutline.xmp.Samples.sidecar;
import static dev.cutline.xmp.Samples.sidecarWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
  private static final String DESCRIPTION =
      "<dc:description><rdf:Alt>%s</rdf:Alt></dc:description>";

  @Test
  void writesEveryPropertyOfANewSidecar() throws MalformedXmpException {
    Map<String, String> creative = new LinkedHashMap<>();
    creative.put("en", "A <b>cat</b> & \"friends\" ]]>");
    creative.put("ar", "قطة تنظر إليك");
    String written = merge(XmpDocument.empty().text(), PictureText.of(captioned(creative, "cat")));
    assertThat(items(written, XmpProperty.DESCRIPTION))
        .containsExactly(
            "x-default: A <b>cat</b> & \"friends\" ]]>",
            "en: A <b>cat</b> & \"friends\" ]]>",
            "ar: قطة تنظر إليك");
    assertThat(items(written, XmpProperty.ALT_TEXT)).contains("ar: Alt: قطة تنظر إليك").hasSize(3);
    assertThat(items(written, XmpProperty.SUBJECT)).containsExactly("x-default: cat");
    assertThat(items(written, XmpProperty.WRITTEN)).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"darktable.xmp", "exiftool.xmp", "lightroom.xmp"})
  void leavesEveryLineOfOthersAsItIs(String name) throws MalformedXmpException {
    String before = sidecar(name);
    Map<String, String> creative = new LinkedHashMap<>();
    creative.put("en", "Ours");
    creative.put("ja", "私たちの");
    String after = merge(before, PictureText.of(captioned(creative, "ours", "HOLIDAY", "two")));

    List<String> added = new ArrayList<>(after.lines().toList());
    for (String line : before.lines().toList()) {
      assertThat(added.remove(line)).as("the line %s", line).isTrue();
    }
    assertThat(isSubsequence(before.lines().toList(), after.lines().toList())).isTrue();
    assertThat(added).anyMatch(line -> line.contains("私たちの"));
    assertThat(added).filteredOn(line -> line.contains("<rdf:li>ours")).hasSize(1);
    assertThat(merge(after, PictureText.of(captioned(creative, "ours", "HOLIDAY", "two"))))
        .isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"darktable.xmp", "exiftool.xmp", "lightroom.xmp"})
  void keepsDescriptionsOfOthersUnlessTheyAreToBeReplaced(String name)
      throws MalformedXmpException {
    XmpDocument before = XmpDocument.parse(sidecar(name));
    String theirs = items(before.text(), XmpProperty.DESCRIPTION).get(0);
    Merge.Result kept = Merge.of(before, english("Ours"), false, null);
    assertThat(items(kept.text(), XmpProperty.DESCRIPTION))
        .contains(theirs)
        .doesNotContain("x-default: Ours", "en: Ours");
    assertThat(kept.kept()).containsExactly("dc:description x-default", "dc:description en");
    assertThat(items(kept.text(), XmpProperty.ALT_TEXT))
        .containsExactly("x-default: Alt: Ours", "en: Alt: Ours");

    Merge.Result replaced = Merge.of(before, english("Ours"), true, null);
    assertThat(items(replaced.text(), XmpProperty.DESCRIPTION))
        .contains("x-default: Ours", "en: Ours")
        .doesNotContain(theirs);
    assertThat(replaced.kept()).isEmpty();
  }

  @Test
  void keepsOtherLanguagesEvenWhenItReplaces() throws MalformedXmpException {
    Merge.Result replaced =
        Merge.of(XmpDocument.parse(sidecar("darktable.xmp")), english("Ours"), true, null);
    assertThat(items(replaced.text(), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Ours", "de-at: Meine & Worte", "en: Ours");
  }

  @Test
  void followsWhatItWroteItself() throws MalformedXmpException {
    String first = merge(XmpDocument.empty().text(), english("Before", "one", "two"));
    String second = merge(first, english("After", "two", "three"));
    assertThat(second).doesNotContain("Before").doesNotContain(">one<");
    assertThat(items(second, XmpProperty.DESCRIPTION))
        .containsExactly("x-default: After", "en: After");
    assertThat(items(second, XmpProperty.SUBJECT))
        .containsExactly("x-default: two", "x-default: three");
    assertThat(items(second, XmpProperty.WRITTEN)).hasSize(6);
    assertThat(merge(second, english("Before", "one", "two"))).contains("Before");
  }

  @Test
  void keepsWhatSomebodyWroteOverOurs() throws MalformedXmpException {
    String edited =
        merge(XmpDocument.empty().text(), english("Ours"))
            .replace("lang=\"x-default\">Ours", "lang=\"x-default\">Corrected by hand");
    Merge.Result again = Merge.of(XmpDocument.parse(edited), english("Newer"), false, null);
    assertThat(again.text()).contains("Corrected by hand");
    assertThat(again.kept()).containsExactly("dc:description x-default");
    // What is still ours, in a language of its own, follows.
    assertThat(items(again.text(), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Corrected by hand", "en: Newer");
  }

  @Test
  void staysAwayFromWhatSomebodyRemoved() throws MalformedXmpException {
    String first = merge(XmpDocument.empty().text(), english("Ours", "cat", "dog"));
    String edited =
        first
            .replaceAll("(?s)\\s*<dc:description>.*</dc:description>", "")
            .replaceAll("\\s*<rdf:li>dog</rdf:li>", "");
    Merge.Result again =
        Merge.of(XmpDocument.parse(edited), english("Ours", "cat", "dog"), false, null);
    assertThat(again.text()).isEqualTo(edited);
    assertThat(again.kept())
        .containsExactly("dc:description x-default", "dc:description en", "dc:subject dog");
    Merge.Result replaced =
        Merge.of(XmpDocument.parse(edited), english("Ours", "cat", "dog"), true, null);
    assertThat(items(replaced.text(), XmpProperty.SUBJECT))
        .containsExactly("x-default: cat", "x-default: dog");
    assertThat(items(replaced.text(), XmpProperty.DESCRIPTION)).hasSize(2);
  }

  @Test
  void takesOursAwayWhereThereIsNoCaptionAnyMore() throws MalformedXmpException {
    PictureText nothing = PictureText.of(Samples.record().build());
    String ours = merge(sidecarWith(""), english("Ours", "cat"));
    assertThat(merge(ours, nothing)).doesNotContain("Ours", "cat<", "<cutline:written>");
    String theirs = sidecarWith(DESCRIPTION.formatted("<rdf:li xml:lang='de'>Ihrs</rdf:li>"));
    assertThat(merge(theirs, nothing)).isEqualTo(theirs);
  }

  @Test
  void takesOneLanguageAwayAndLeavesTheOthers() throws MalformedXmpException {
    Map<String, String> two = new LinkedHashMap<>();
    two.put("en", "Ours");
    two.put("fr", "Le nôtre");
    String both = merge(XmpDocument.empty().text(), PictureText.of(captioned(two)));
    assertThat(items(merge(both, english("Ours")), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Ours", "en: Ours");
  }

  @Test
  void doesNotStandBesideAnAlternativeOfOthersAsTheDefault() throws MalformedXmpException {
    String theirs = sidecarWith(DESCRIPTION.formatted("<rdf:li xml:lang='de'>Ihrs</rdf:li>"));
    Map<String, String> two = new LinkedHashMap<>();
    two.put("en", "Ours");
    two.put("fr", "Le nôtre");
    Merge.Result merged =
        Merge.of(XmpDocument.parse(theirs), PictureText.of(captioned(two)), false, null);
    assertThat(items(merged.text(), XmpProperty.DESCRIPTION))
        .containsExactly("de: Ihrs", "fr: Le nôtre");
    Merge.Result replaced =
        Merge.of(XmpDocument.parse(theirs), PictureText.of(captioned(two)), true, null);
    assertThat(items(replaced.text(), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Ours", "de: Ihrs", "en: Ours", "fr: Le nôtre");
  }

  @Test
  void claimsNothingThatSomebodyElseHadWrittenTheSame() throws MalformedXmpException {
    String theirs =
        sidecarWith(
            DESCRIPTION.formatted("<rdf:li xml:lang='x-default'>The same</rdf:li>")
                + "<dc:subject><rdf:Bag><rdf:li>cat</rdf:li></rdf:Bag></dc:subject>");
    String merged = merge(theirs, english("The same", "Cat"));
    assertThat(items(merged, XmpProperty.DESCRIPTION))
        .containsExactly("x-default: The same", "en: The same");
    assertThat(items(merge(merged, english("Newer")), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: The same", "en: Newer");
    assertThat(items(merge(merged, english("Newer")), XmpProperty.SUBJECT))
        .containsExactly("x-default: cat");
  }

  @Test
  void knowsLanguagesInAnyCase() throws MalformedXmpException {
    String first =
        merge(XmpDocument.empty().text(), PictureText.of(captioned(Map.of("pt-BR", "Um gato"))));
    String respelt = first.replace("\"pt-BR\"", "\"pt-br\"");
    String second = merge(respelt, PictureText.of(captioned(Map.of("pt-BR", "Outro gato"))));
    assertThat(items(second, XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Outro gato", "pt-br: Outro gato");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<dc:description>Plain</dc:description>",
        "<dc:description xml:lang='x-default'>Plain</dc:description>",
        "<dc:description><rdf:Alt><rdf:li>Plain</rdf:li></rdf:Alt></dc:description>",
        "<dc:description><rdf:Seq><rdf:li><![CDATA[Plain]]></rdf:li></rdf:Seq></dc:description>",
      })
  void understandsTheFormsThatProgramsWrite(String form) throws MalformedXmpException {
    String theirs = sidecarWith(form);
    assertThat(merge(theirs, english("Plain"))).contains("Plain");
    assertThat(items(merge(theirs, english("Ours")), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Plain");
    Merge.Result replaced = Merge.of(XmpDocument.parse(theirs), english("Ours"), true, null);
    assertThat(items(replaced.text(), XmpProperty.DESCRIPTION))
        .containsExactly("x-default: Ours", "en: Ours");
    assertThat(replaced.text()).doesNotContain("Plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dc:subject=\"a &lt; b\"", "dc:subject = 'a &lt; b'"})
  void makesAnArrayOfAnAttribute(String attribute) throws MalformedXmpException {
    String theirs =
        sidecarWith("")
            .replace("xmlns:dc", "dc:format=\"a dc:subject='x' b\" " + attribute + " xmlns:dc");
    String merged = merge(theirs, english("Ours", "cat"));
    assertThat(items(merged, XmpProperty.SUBJECT))
        .containsExactly("x-default: a < b", "x-default: cat");
    assertThat(merged)
        .contains("dc:format=\"a dc:subject='x' b\" xmlns:dc")
        .doesNotContain(attribute);
  }

  @Test
  void fillsWhatIsEmpty() throws MalformedXmpException {
    for (String empty :
        List.of(
            "<dc:subject/>",
            "<dc:subject></dc:subject>",
            "<dc:subject><rdf:Bag/></dc:subject>",
            "<dc:subject> <rdf:Bag> </rdf:Bag> </dc:subject>")) {
      assertThat(items(merge(sidecarWith(empty), english("x", "cat")), XmpProperty.SUBJECT))
          .as(empty)
          .containsExactly("x-default: cat");
    }
    for (String rdf :
        List.of("<rdf:RDF %s/>", "<rdf:RDF %s></rdf:RDF>", "<rdf:RDF %s>\n</rdf:RDF>")) {
      String bare = rdf.formatted("xmlns:rdf='" + Namespaces.RDF + "'");
      assertThat(items(merge(bare, english("Ours")), XmpProperty.DESCRIPTION)).as(bare).hasSize(2);
    }
  }

  @Test
  void usesWhateverPrefixesAreThere() throws MalformedXmpException {
    String theirs =
        """
        <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="urn:other">
          <r:Description r:about='uuid:1 &amp; "2"' xmlns:d="http://purl.org/dc/elements/1.1/" dc:description="not it">
            <d:subject><r:Bag><x:li xmlns:x="http://www.w3.org/1999/02/22-rdf-syntax-ns#">cat</x:li></r:Bag></d:subject>
          </r:Description>
        </r:RDF>
        """;
    String merged = merge(theirs, english("Ours", "dog"));
    assertThat(items(merged, XmpProperty.SUBJECT))
        .containsExactly("x-default: cat", "x-default: dog");
    assertThat(merged)
        .contains(
            "<r:li>dog</r:li>",
            "dc:description=\"not it\"",
            "rdf:about=\"uuid:1 &amp; &quot;2&quot;\"");
  }

  @Test
  void keepsLineBreaksAndTheMarkOfByteOrder() throws MalformedXmpException {
    String theirs = "\uFEFF" + sidecar("darktable.xmp").replace("\n", "\r\n");
    String merged = merge(theirs, english("Ours", "cat"));
    assertThat(merged).startsWith("\uFEFF<?xml");
    assertThat(merged.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(merge(merged, english("Ours", "cat"))).isEqualTo(merged);
  }

  @Test
  void leavesItemsAloneThatAreMoreThanText() throws MalformedXmpException {
    for (String item :
        List.of(
            "<rdf:li xml:lang='x-default' rdf:parseType='Resource'><rdf:value>a</rdf:value></rdf:li>",
            "<rdf:li xml:lang='x-default' dc:source='me'>Ours</rdf:li>",
            "<rdf:li xml:lang='x-default' rdf:resource='urn:x'/>")) {
      String theirs = sidecarWith(DESCRIPTION.formatted(item));
      assertThat(merge(theirs, english("Ours"))).contains(item);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<dc:subject rdf:resource='urn:x'/>",
        "<dc:subject rdf:parseType='Resource'><dc:x>1</dc:x></dc:subject>",
        "<dc:subject><dc:Bag><rdf:li>x</rdf:li></dc:Bag></dc:subject>",
        "<dc:subject><rdf:Bag/><rdf:Bag/></dc:subject>",
      })
  void refusesToGuess(String form) {
    assertThatThrownBy(() -> merge(sidecarWith(form), english("Ours", "cat")))
        .isInstanceOf(MalformedXmpException.class)
        .hasMessageContaining("dc:subject");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<dc:subject>a</dc:subject>", "<dc:subject><rdf:Bag/></dc:subject>"})
  void refusesAPropertyThatIsThereTwice(String form) {
    assertThatThrownBy(() -> merge(sidecarWith(form + form), english("Ours", "cat")))
        .isInstanceOf(MalformedXmpException.class)
        .hasMessage("has dc:subject twice");
    String both = sidecarWith(form).replace("xmlns:dc", "dc:subject='c' xmlns:dc");
    assertThatThrownBy(() -> merge(both, english("Ours", "cat")))
        .hasMessage("has dc:subject twice");
  }

  @Test
  void countsAnItemThatSomebodyQualifiedAsTheirs() throws MalformedXmpException {
    String qualified = "<rdf:li xml:lang=\"en\" xmlns:q=\"urn:q\" q:checked=\"yes\">Ours</rdf:li>";
    String theirs =
        merge(XmpDocument.empty().text(), english("Ours"))
            .replace("<rdf:li xml:lang=\"en\">Ours</rdf:li>", qualified);
    Merge.Result merged = Merge.of(XmpDocument.parse(theirs), english("Newer"), false, null);
    assertThat(merged.text()).contains(qualified).contains("x-default\">Newer<");
    assertThat(merged.kept()).containsExactly("dc:description en");
  }

  /** Whatever stands there and whatever is said: ours can be read back, and theirs is there yet. */
  @Property(tries = 400)
  void mergesAnyText(
      @ForAll("texts") String theirs, @ForAll("texts") String ours, @ForAll("texts") String later)
      throws MalformedXmpException {
    String before =
        sidecarWith(
            DESCRIPTION.formatted(
                    "<rdf:li xml:lang=\"it\">"
                        + XmlText.escape(XmlText.clean(theirs))
                        + "</rdf:li>")
                + "<dc:subject><rdf:Bag><rdf:li>"
                + XmlText.escape(XmlText.clean(theirs))
                + "</rdf:li></rdf:Bag></dc:subject>");
    PictureText text = english(ours, ours, "b");
    String once = merge(before, text);
    assertThat(merge(once, text)).isEqualTo(once);
    assertThat(items(once, XmpProperty.ALT_TEXT)).contains("en: " + text.altTexts().get("en"));
    assertThat(items(once, XmpProperty.DESCRIPTION)).contains("it: " + XmlText.clean(theirs));
    assertThat(items(once, XmpProperty.SUBJECT)).startsWith("x-default: " + XmlText.clean(theirs));
    String after = merge(once, english(later, later));
    assertThat(items(after, XmpProperty.ALT_TEXT))
        .contains("en: " + english(later).altTexts().get("en"));
    assertThat(items(after, XmpProperty.SUBJECT)).startsWith("x-default: " + XmlText.clean(theirs));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(20),
        Arbitraries.strings().withChars("<>&\"'/!-[]? \n\r\tab").ofMaxLength(20));
  }

  private static boolean isSubsequence(List<String> part, List<String> whole) {
    int found = 0;
    for (String line : whole) {
      if (found < part.size() && line.equals(part.get(found))) {
        found++;
      }
    }
    return found == part.size();
  }

  private static String merge(String before, PictureText text) throws MalformedXmpException {
    return Merge.of(XmpDocument.parse(before), text, false, null).text();
  }

  private static List<String> items(String sidecar, XmpProperty property)
      throws MalformedXmpException {
    return XmpArray.of(XmpDocument.parse(sidecar), property).items().stream()
        .map(item -> item.language() + ": " + item.text())
        .toList();
  }
}
