/* global document */
import DefaultTheme from 'vitepress/theme';
import { nextTick, onMounted, watch } from 'vue';
import { useData, useRoute } from 'vitepress';
import './style.css';

/** The default theme with diagrams, whose library is loaded only on pages that have one. */
export default {
  extends: DefaultTheme,
  setup() {
    const route = useRoute();
    const { isDark } = useData();
    onMounted(draw);
    watch(
      () => route.path,
      () => nextTick(draw),
    );

    async function draw() {
      const nodes = document.querySelectorAll('pre.mermaid:not([data-processed])');
      if (nodes.length === 0) return;
      const { default: mermaid } = await import('mermaid');
      mermaid.initialize({ startOnLoad: false, theme: isDark.value ? 'dark' : 'default' });
      await mermaid.run({ nodes });
    }
  },
};
